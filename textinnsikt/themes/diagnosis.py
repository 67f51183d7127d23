"""Where a tagger goes wrong: confused values, groups of comments, reliability, the worst mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from textinnsikt.language import detect_language
from textinnsikt.study import VALUES
from textinnsikt.themes.codebook import Codebook
from textinnsikt.themes.evaluation import evaluate_decisions
from textinnsikt.themes.labelled import to_targets, to_values

#: Columns that split the comments into groups, with what they are called.
GROUPS = ("stemme", "kanal", "målform", "klasse")
#: Groups smaller than this have no figures of their own.
SMALLEST_GROUP = 20


@dataclass(frozen=True)
class Diagnosis:
    """What lies behind the figures of an evaluation.

    Parameters
    ----------
    confusion : pandas.DataFrame
        ``tema, merket, sagt, antall`` for each pair of values.
    values : pandas.DataFrame
        ``tema, verdi, presisjon, dekning, f1, n`` for each value; ``blandet`` as one of four.
    reliability : pandas.DataFrame
        ``fra, til, sagt, andel, nedre, øvre, n``: mean stated probability and share of yes in each tenth, with
        Wilson's 95 % interval (Wilson 1927, JASA 22, 209-212), all outputs together.
    groups : pandas.DataFrame
        ``gruppe, verdi, n, makro_f1, nedre, øvre, makro_f1_omtale, kalibreringsfeil``.
    mistakes : pandas.DataFrame
        ``id, tekst, tema, merket, sagt, sannsynlighet``, the surest first; ``sannsynlighet`` is what the tagger gave
        the side it should have chosen.
    """

    confusion: pd.DataFrame
    values: pd.DataFrame
    reliability: pd.DataFrame
    groups: pd.DataFrame
    mistakes: pd.DataFrame

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        frames = {
            "forvirring": self.confusion,
            "verdier": self.values,
            "pålitelighet": self.reliability,
            "grupper": self.groups,
            "feil": self.mistakes,
        }
        return {
            name: frame.round(4).astype(object).where(frame.notna(), None).to_dict("records")
            for name, frame in frames.items()
        }

    def plot(self, width: int = 320) -> alt.LayerChart | alt.FacetChart:
        """Draw stated probability against share of yes; on the diagonal the probabilities are right."""
        rows = self.reliability.rename(columns={"øvre": "hoy"})
        percent = alt.Axis(labelExpr="round(100 * datum.value) + ' %'")
        scale = alt.Scale(domain=[0, 1])
        base = alt.Chart(rows).encode(x=alt.X("sagt:Q", title="Oppgitt sannsynlighet", axis=percent, scale=scale))
        points = base.mark_point(filled=True, opacity=1, color="#0072B2").encode(
            y=alt.Y("andel:Q", title="Andel der det stemmer", axis=percent, scale=scale),
            size=alt.Size("n:Q", title="Avgjørelser", legend=None),
        )
        spans = base.mark_rule(color="#0072B2").encode(y="nedre:Q", y2="hoy:Q")
        line = alt.Chart(pd.DataFrame({"sagt": [0, 1], "andel": [0, 1]}))
        diagonal = line.mark_line(color="#8A949E", strokeDash=[4, 4]).encode(x="sagt:Q", y="andel:Q")
        return alt.layer(diagonal, spans, points).properties(width=width, height=width)


def diagnose(
    labelled: pd.DataFrame,
    decisions: np.ndarray,
    probabilities: np.ndarray,
    codebook: Codebook | None = None,
    n_mistakes: int = 20,
    draws: int = 300,
) -> Diagnosis:
    """Look behind the figures.

    Parameters
    ----------
    labelled : pandas.DataFrame
        ``tekst`` and one column a theme; ``id`` (or ``henvendelse`` and ``kommentar_nr``), ``stemme``, ``kanal``,
        ``klasse`` and ``målform`` where they are known. Without ``målform`` it is told from the text.
    decisions, probabilities : numpy.ndarray
        Comments x outputs.
    codebook : Codebook, optional
    n_mistakes : int
        How many mistakes to quote.
    draws : int
        Bootstrap draws for the groups' intervals.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> book = Codebook.from_dict({"tema": {"lytting": {}}})
    >>> labelled = pd.DataFrame({"tekst": ["Hørte etter.", "Avbrøt meg."], "lytting": ["positiv", "negativ"]})
    >>> chance = np.array([[0.9, 0.1], [0.8, 0.3]])
    >>> found = diagnose(labelled, chance >= 0.5, chance, book)
    >>> found.mistakes[["tekst", "merket", "sagt", "sannsynlighet"]].values.tolist()
    [['Avbrøt meg.', 'negativ', 'positiv', 0.2]]
    """
    codebook = codebook or Codebook.load()
    labelled = labelled.reset_index(drop=True)
    said = to_values(decisions, codebook)
    confusion = pd.DataFrame(
        [
            {"tema": t, "merket": a, "sagt": b, "antall": int(((labelled[t] == a) & (said[t] == b)).sum())}
            for t in codebook.keys
            for a in VALUES
            for b in VALUES
        ]
    )
    return Diagnosis(
        confusion=confusion,
        values=_values(confusion),
        reliability=_reliability(to_targets(labelled, codebook), probabilities),
        groups=_groups(labelled, decisions, probabilities, codebook, draws),
        mistakes=_mistakes(labelled, said, decisions, probabilities, codebook, n_mistakes),
    )


def _values(confusion: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for theme, own in confusion.groupby("tema", sort=False):
        for value in VALUES:
            hits = int(own.query("merket == @value and sagt == @value")["antall"].sum())
            real = int(own.query("merket == @value")["antall"].sum())
            heard = int(own.query("sagt == @value")["antall"].sum())
            rows.append(
                {
                    "tema": theme,
                    "verdi": value,
                    "presisjon": hits / heard if heard else np.nan,
                    "dekning": hits / real if real else np.nan,
                    "f1": 2 * hits / (heard + real) if heard + real else np.nan,
                    "n": real,
                }
            )
    return pd.DataFrame(rows)


def _reliability(targets: np.ndarray, probabilities: np.ndarray, bins: int = 10) -> pd.DataFrame:
    truth, stated = np.ravel(targets).astype(float), np.ravel(probabilities)
    place = np.clip((stated * bins).astype(int), 0, bins - 1)
    rows = []
    for number in np.unique(place):
        own = place == number
        n, share = int(own.sum()), float(truth[own].mean())
        middle, half = (share + 1.92 / n) / (1 + 3.84 / n), 1.96 / (1 + 3.84 / n)
        half *= np.sqrt(share * (1 - share) / n + 0.96 / n**2)
        rows.append(
            {
                "fra": number / bins,
                "til": (number + 1) / bins,
                "sagt": float(stated[own].mean()),
                "andel": share,
                "nedre": max(0.0, middle - half),
                "øvre": min(1.0, middle + half),
                "n": n,
            }
        )
    return pd.DataFrame(rows)


def _groups(
    labelled: pd.DataFrame, decisions: np.ndarray, probabilities: np.ndarray, codebook: Codebook, draws: int
) -> pd.DataFrame:
    if "målform" not in labelled.columns:
        names = {"nb": "bokmål", "nn": "nynorsk"}
        labelled = labelled.assign(målform=[names.get(detect_language(t) or "", "annet") for t in labelled["tekst"]])
    rows = []
    for group in GROUPS:
        if group not in labelled.columns:
            continue
        for value, own in labelled.groupby(group):
            if str(value).strip() == "" or len(own) < SMALLEST_GROUP:
                continue
            place = own.index.to_numpy()
            found = evaluate_decisions(own, decisions[place], probabilities[place], codebook, draws)
            row = found.summary.set_index("utfall").loc["makro_f1"]
            rows.append(
                {
                    "gruppe": group,
                    "verdi": str(value),
                    "n": len(own),
                    "makro_f1": float(row["f1"]),
                    "nedre": float(row["nedre"]),
                    "øvre": float(row["øvre"]),
                    "makro_f1_omtale": found.score("makro_f1_omtale"),
                    "kalibreringsfeil": found.calibration_error,
                }
            )
    columns = ["gruppe", "verdi", "n", "makro_f1", "nedre", "øvre", "makro_f1_omtale", "kalibreringsfeil"]
    return pd.DataFrame(rows, columns=columns)


def _names(labelled: pd.DataFrame) -> list[str]:
    if "id" in labelled.columns:
        return [str(name) for name in labelled["id"]]
    if {"henvendelse", "kommentar_nr"} <= set(labelled.columns):
        return [f"{a}-{b}" for a, b in zip(labelled["henvendelse"], labelled["kommentar_nr"], strict=True)]
    return [str(row + 1) for row in range(len(labelled))]


def _mistakes(
    labelled: pd.DataFrame,
    said: pd.DataFrame,
    decisions: np.ndarray,
    probabilities: np.ndarray,
    codebook: Codebook,
    n_mistakes: int,
) -> pd.DataFrame:
    truth = to_targets(labelled, codebook).astype(bool)
    right = np.where(truth, probabilities, 1 - probabilities)
    right = np.where(truth == np.asarray(decisions, dtype=bool), np.inf, right)
    # One quote per comment and theme: the worse of its two outputs.
    worst = right.reshape(len(labelled), len(codebook.keys), 2).min(2)
    rows, themes = np.nonzero(np.isfinite(worst))
    names = _names(labelled)
    frame = pd.DataFrame(
        {
            "id": [names[row] for row in rows],
            "tekst": [labelled.at[row, "tekst"] for row in rows],
            "tema": [codebook.keys[theme] for theme in themes],
            "merket": [labelled.at[row, codebook.keys[theme]] for row, theme in zip(rows, themes, strict=True)],
            "sagt": [said.at[row, codebook.keys[theme]] for row, theme in zip(rows, themes, strict=True)],
            "sannsynlighet": np.round(worst[rows, themes], 4),
        }
    )
    return frame.sort_values(["sannsynlighet", "id", "tema"], ignore_index=True).head(n_mistakes)
