"""Names of people and of actors: one actor under all his names, and nobody under a name that others bear."""

from collections import Counter

import pytest

from app.arabic.names import actor_kind, actors, aliases_of, canonical_name, is_name_word, name_key


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("قسد", "قوات سوريا الديمقراطية"),
        ("SDF", "قوات سوريا الديمقراطية"),
        ("قوات سوريا الديموقراطية", "قوات سوريا الديمقراطية"),
        ("داعش", "تنظيم الدولة الإسلامية"),
        ("Daesh", "تنظيم الدولة الإسلامية"),
        ("الخوذ البيضاء", "الدفاع المدني السوري"),
        ("إردوغان", "رجب طيب أردوغان"),
    ],
)
def test_an_actor_is_known_under_each_of_his_names_whatever_its_spelling(alias: str, name: str) -> None:
    assert canonical_name(alias) == name


def test_every_alias_leads_back() -> None:
    assert "قسد" in aliases_of("قوات سوريا الديمقراطية")
    assert "قوات سوريا الديمقراطية" in aliases_of("قسد")


@pytest.mark.parametrize(
    "name",
    [
        *("الهيئة", "المرصد", "الائتلاف", "النظام", "الجعفري", "العبادي", "نصر الله"),
        *("الرئيس السوري", "الدفاع المدني", "الهلال الأحمر", "الجيش الوطني", "المنظمة الدولية"),
    ],
)
def test_a_noun_an_office_or_a_common_family_name_is_nobody_in_particular(name: str) -> None:
    assert canonical_name(name) is None


def test_no_name_is_that_of_two_actors() -> None:
    keys = Counter(key for name, others in actors().items() for key in {name_key(one) for one in (name, *others)})
    assert [key for key, times in keys.items() if times > 1] == []


def test_an_unknown_name_is_nobody() -> None:
    assert canonical_name("لجنة تجميل الشاطئ") is None
    assert aliases_of("لجنة تجميل الشاطئ") == []
    assert actor_kind("لجنة تجميل الشاطئ") is None


def test_common_nouns_are_no_names() -> None:
    assert is_name_word("محمد")
    assert not any(map(is_name_word, ["وزير", "حكومه", "قال", "مدينه"]))
