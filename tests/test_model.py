"""The values: made quickly, and in all else the frozen, slotted dataclasses that they are written as."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass
from types import MappingProxyType
from typing import Any

import pytest

from postscan.frozen import open_form, quickly_made, rows_maker
from postscan.model import Block, Embed, Entity, Language, Post, Problem, Scan, Skipped, Source
from postscan.pipeline import scan

VALUES = (Block, Embed, Entity, Language, Post, Problem, Scan, Skipped, Source)


def make(cls: Any) -> Any:
    """A value whose fields are all different."""
    return cls(**{field.name: (field.name, number) for number, field in enumerate(dataclasses.fields(cls))})


@pytest.mark.parametrize("cls", VALUES)
def test_every_field_holds_what_was_given_by_name_or_by_place(cls: Any) -> None:
    given = {field.name: (field.name, number) for number, field in enumerate(dataclasses.fields(cls))}
    for value in (cls(**given), cls(*given.values())):
        assert type(value) is cls
        assert {name: getattr(value, name) for name in given} == given == dataclasses.asdict(value)
        assert repr(value) == f"{cls.__name__}({', '.join(f'{name}={each!r}' for name, each in given.items())})"


@pytest.mark.parametrize("cls", VALUES)
def test_the_signature_names_the_fields_their_types_and_their_defaults(cls: Any) -> None:
    parameters = inspect.signature(cls).parameters.values()
    assert [(each.name, each.annotation) for each in parameters] == [
        (field.name, field.type) for field in dataclasses.fields(cls)
    ]
    assert [each.default for each in parameters if each.name != "counts"] == [
        inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default
        for field in dataclasses.fields(cls)
        if field.name != "counts"
    ]


@pytest.mark.parametrize("cls", VALUES)
def test_no_value_can_be_changed(cls: Any) -> None:
    value = make(cls)
    name = dataclasses.fields(cls)[0].name
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, "other")
    with pytest.raises(FrozenInstanceError):
        delattr(value, name)
    with pytest.raises((FrozenInstanceError, TypeError)):  # the latter is what dataclasses with slots say in 3.11
        value.other = 1
    assert not hasattr(value, "__dict__")
    assert value == make(cls)


@pytest.mark.parametrize("cls", [cls for cls in VALUES if cls is not Post])  # whose counts are a mapping: see below
def test_values_are_compared_hashed_copied_pickled_and_replaced_by_their_fields(cls: Any) -> None:
    value = make(cls)
    name = dataclasses.fields(cls)[-1].name
    other = dataclasses.replace(value, **{name: "other"})
    assert getattr(other, name) == "other"
    assert other != value
    assert len({value, make(cls), other}) == 2
    for same in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value)), dataclasses.replace(value)):
        assert type(same) is cls
        assert same == value
        with pytest.raises(FrozenInstanceError):
            setattr(same, name, "other")


def test_values_are_matched_by_the_order_of_their_fields() -> None:
    match Block("body", 0, 4, 0, "rest"):
        case Block("body", start, end, rule=rule):
            assert (start, end, rule) == (0, 4, "rest")
        case _:
            pytest.fail("a block is not matched")


def test_a_post_without_counts_has_empty_ones_that_nobody_can_fill() -> None:
    first, second = Post("a", "Rain"), Post("b", "Rain")
    assert first.counts == {}
    assert first.counts is second.counts
    with pytest.raises(TypeError):
        first.counts["likes"] = 1  # type: ignore[index]


def test_what_is_missing_or_too_much_is_a_type_error_that_names_it() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'reason'"):
        Skipped("a.txt", None)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'where'"):
        Skipped("a.txt", None, "no text", where=1)  # type: ignore[call-arg]


def test_each_value_has_a_default_of_its_own_where_a_function_makes_it() -> None:
    @quickly_made
    @dataclass(frozen=True, slots=True)
    class Basket:
        owner: str
        fruits: list[str] = dataclasses.field(default_factory=list)
        size: int = 3

    Basket("Mina").fruits.append("quince")
    assert Basket("Omid") == Basket("Omid", [], 3)
    assert Basket("Omid", ["fig"], size=4).fruits == ["fig"]


def test_a_subclass_with_fields_of_its_own_is_made_and_frozen_too() -> None:
    @dataclass(frozen=True, slots=True)
    class Rated(Skipped):
        stars: int = 0

    class Loose(Skipped):
        pass

    assert Rated("a.txt", None, "no text", stars=2).stars == 2
    loose = Loose("a.txt", None, "no text")
    assert (type(loose), loose.reason) == (Loose, "no text")
    for value in (Rated("a.txt", None, "no text"), loose):
        with pytest.raises(FrozenInstanceError):
            setattr(value, "reason", "other")  # noqa: B010


def test_an_open_form_is_filled_and_becomes_the_value() -> None:
    value = open_form(Skipped)()
    value.path, value.record, value.reason = "a.txt", 3, "no text"
    value.__class__ = Skipped
    assert value == Skipped("a.txt", 3, "no text")
    with pytest.raises(FrozenInstanceError):
        value.record = 4


def test_values_of_many_rows_are_those_that_are_made_one_by_one() -> None:
    rows = [("hashtag", 0, 6, "kabul"), ("url", 7, 20, "https://a.com")]
    made = rows_maker(Entity, 4)(rows)
    assert made == [Entity(*row) for row in rows]
    assert [entity.expanded for entity in made] == [None, None]
    assert rows_maker(Skipped)(zip(["a.txt"], [3], ["no text"], strict=True)) == [Skipped("a.txt", 3, "no text")]
    with pytest.raises(FrozenInstanceError):
        made[0].start = 4  # type: ignore[misc]
    with pytest.raises(ValueError, match="not enough values"):
        rows_maker(Entity, 4)([("url", 7)])


@pytest.mark.parametrize("counts", [{}, {"likes": 3}])
def test_a_post_and_its_scan_can_be_sent_to_another_process(counts: dict[str, int]) -> None:
    post = Post("1", "Rain on #Kabul", counts=MappingProxyType(counts)) if counts else Post("1", "Rain on #Kabul")
    for value in (post, scan(post)):
        assert pickle.loads(pickle.dumps(value)) == value == copy.deepcopy(value) == copy.copy(value)
        assert dataclasses.replace(value) == value
    with pytest.raises(TypeError):
        pickle.loads(pickle.dumps(post)).counts["likes"] = 4
