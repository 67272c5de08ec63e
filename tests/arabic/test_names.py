"""Names of actors: one actor under all his names, and nobody under a name that others bear."""

import pytest

from app.arabic.names import canonical_name


@pytest.mark.parametrize("alias", ["قسد", "SDF", "قوات سوريا الديموقراطية"])
def test_an_actor_is_known_under_each_of_his_names(alias: str) -> None:
    assert canonical_name(alias) == "قوات سوريا الديمقراطية"


@pytest.mark.parametrize("name", ["الهيئة", "المرصد", "الائتلاف", "النظام", "الجعفري", "العبادي"])
def test_a_bare_noun_or_a_common_family_name_is_nobody_in_particular(name: str) -> None:
    assert canonical_name(name) is None
