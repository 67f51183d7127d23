import pandas as pd
import pytest

from textinnsikt.errors import InputError
from textinnsikt.study.checks import check_score_range, score_note


@pytest.mark.parametrize("score_range", [(6, 1), (5, 5), (0, float("inf")), (float("nan"), 1)])
def test_a_range_must_go_upwards(score_range: tuple[float, float]) -> None:
    with pytest.raises(InputError, match="lavere til et høyere tall, for eksempel --score-range 1-6"):
        check_score_range(score_range)


@pytest.mark.parametrize(
    ("scores", "score_range", "told"),
    [
        ([1, 6], (0, 100), True),
        ([0.2, 0.9], (0, 100), True),
        ([1, 60], (0, 100), False),
        ([1, 6], (1, 6), False),
    ],
)
def test_a_likely_other_range_is_told(
    scores: list[float], score_range: tuple[float, float], told: bool
) -> None:
    assert bool(score_note(pd.Series(scores), score_range)) is told


def test_no_scores_give_no_note() -> None:
    assert score_note(pd.Series([float("nan")]), (0, 100)) == ""
