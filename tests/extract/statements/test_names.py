"""Names of people and actors."""

import pytest

from app.arabic.names import actor_kind, aliases_of, canonical_name, is_name_word


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("قسد", "قوات سوريا الديمقراطية"),
        ("SDF", "قوات سوريا الديمقراطية"),
        ("قوات سورية الديمقراطية", "قوات سوريا الديمقراطية"),
        ("داعش", "تنظيم الدولة الإسلامية"),
        ("الخوذ البيضاء", "الدفاع المدني السوري"),
        ("إردوغان", "رجب طيب أردوغان"),
    ],
)
def test_an_alias_leads_to_the_actor_whatever_its_spelling(alias: str, name: str) -> None:
    assert canonical_name(alias) == name


def test_every_alias_leads_back() -> None:
    assert "قسد" in aliases_of("قوات سوريا الديمقراطية")
    assert "قوات سوريا الديمقراطية" in aliases_of("قسد")


def test_an_unknown_name_is_nobody() -> None:
    assert canonical_name("لجنة تجميل الشاطئ") is None
    assert aliases_of("لجنة تجميل الشاطئ") == []
    assert actor_kind("لجنة تجميل الشاطئ") is None


def test_common_nouns_are_no_names() -> None:
    assert is_name_word("محمد")
    assert not any(map(is_name_word, ["وزير", "حكومه", "قال", "مدينه"]))
