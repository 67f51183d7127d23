"""The rows of the summary, what they rest on, and what must be said of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from textinnsikt.factors.between import ALIKE
from textinnsikt.factors.design import Design
from textinnsikt.factors.result import COLUMNS
from textinnsikt.factors.sample import Sample
from textinnsikt.factors.within import AGAINST, ESTIMATE
from textinnsikt.factors.wording import number
from textinnsikt.study import MENTIONS

#: A fractional logit that differs by more than this share of the interval's half-width is mentioned.
_BENT = 0.5


def summary_of(sample: Sample, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Lay the estimates of every method out as the rows of ``faktorer.csv``.

    Parameters
    ----------
    sample : Sample
    frames : mapping of str to pandas.DataFrame
        Method -> frame indexed by ``T:positiv``, ``T:negativ`` or ``T:positiv mot negativ`` with ``estimat, nedre,
        øvre, p``.

    Returns
    -------
    pandas.DataFrame
        The columns of `result.COLUMNS`; every mention has a row for every method. ``n`` counts the contacts with the
        mention (with either, for a contrast); ``q`` is Benjamini and Hochberg's (1995) within the method.
    """
    parts = []
    for method, frame in frames.items():
        names = list(sample.mentions)
        names += [name for name in frame.index if name not in names]
        rows = frame.reindex(names)[list(ESTIMATE)].astype(float).reset_index(drop=True)
        split = [name.rsplit(":", 1) for name in names]
        rows["tema"], rows["omtale"] = [theme for theme, _ in split], [mention for _, mention in split]
        rows["metode"] = method
        rows["n"] = [_count(sample, theme, mention) for theme, mention in split]
        rows["q"] = np.nan
        tested = rows["p"].notna()
        if tested.any():
            rows.loc[tested, "q"] = multipletests(rows.loc[tested, "p"], method="fdr_bh")[1]
        parts.append(rows)
    return pd.concat(parts, ignore_index=True)[list(COLUMNS)]


def _count(sample: Sample, theme: str, mention: str) -> int:
    """Count the contacts with a mention, or with either of two."""
    kinds = MENTIONS if mention == AGAINST else (mention,)
    return int((sample.contacts[[f"{theme}:{kind}" for kind in kinds]] == 1).any(axis=1).sum())


def grounds_of(sample: Sample, design: Design, found: pd.DataFrame, logit: pd.Series) -> pd.DataFrame:
    """Say what each figure of ``innen_direkte`` rests on.

    Returns
    -------
    pandas.DataFrame
        ``tema, omtale, n``; ``sentre``, ``shoppere`` (those with the mention); ``bærende_sentre``,
        ``bærende_shoppere`` (effective numbers that carry the figure; missing where there are none to tell apart);
        ``variasjon_innen`` (share of the mention's variation left when centre, shopper,
        channel and month are held equal); ``test`` (t or bootstrap); ``robusthetsverdi`` (0-1: the share of what is
        left of both the mention and the score that something unmeasured must explain to take the figure to zero);
        ``fraksjonell_logit`` (score points, to compare).
    """
    rows = []
    grouped = {column: sample.contacts[column].nunique() > 1 for column in ("kundesenter", "shopper")}
    for mention in [*sample.mentions, *(name for name in found.index if name not in sample.mentions)]:
        theme, kind = mention.rsplit(":", 1)
        kinds = MENTIONS if kind == AGAINST else (kind,)
        there = (sample.contacts[[f"{theme}:{one}" for one in kinds]] == 1).any(axis=1)
        left = np.nan
        if mention in design.mentions:
            place = design.mentions.index(mention)
            whole = sample.contacts[mention].to_numpy(dtype=float)
            left = (design.columns[:, place] ** 2).sum() / ((whole - whole.mean()) ** 2 * design.root**2).sum()
        known = found.loc[mention] if mention in found.index else {}
        rows.append(
            {
                "tema": theme,
                "omtale": kind,
                "n": int(there.sum()),
                "sentre": sample.contacts.loc[there, "kundesenter"].nunique(),
                "shoppere": sample.contacts.loc[there, "shopper"].nunique(),
                "bærende_sentre": known.get("sentre", np.nan) if grouped["kundesenter"] else np.nan,
                "bærende_shoppere": known.get("shoppere", np.nan) if grouped["shopper"] else np.nan,
                "variasjon_innen": left,
                "test": known.get("test"),
                "robusthetsverdi": known.get("robusthet", np.nan),
                "fraksjonell_logit": logit.get(mention, np.nan),
            }
        )
    return pd.DataFrame(rows)


def remarks_of(
    design: Design,
    between: Mapping[str, str],
    grounds: pd.DataFrame,
    known: Mapping[str, str],
    equal: str | None,
) -> tuple[str, ...]:
    """Say what must be known of the figures within and between centres.

    Parameters
    ----------
    design : Design
    between : mapping of str to str
        Mention -> why it has no figure between centres.
    grounds : pandas.DataFrame
        From `grounds_of`.
    known : mapping of str to str
        Refusals that are told elsewhere.
    equal : str, optional
        What counts equally.
    """
    remarks = []
    if equal:
        remarks.append(f"Innen kundesenter og shopper teller hver {equal} likt, uansett antall henvendelser.")
    else:
        remarks.append(
            "Innen kundesenter og shopper veier de sentrene og shopperne mest som har både henvendelser med og uten "
            "omtalen."
        )
    carried = grounds[grounds["test"] == "bootstrap"]
    for row in carried.itertuples():
        numbers = {"kundesentre": row.bærende_sentre, "shoppere": row.bærende_shoppere}
        count, few = min((count, who) for who, count in numbers.items() if count == count)
        remarks.append(
            f"«{row.tema}: {row.omtale}» bæres av få {few} (regnet som {number(count, 1)} like), så intervallet er fra "
            "en wild cluster bootstrap."
        )
    for mention, why in design.refused.items():
        if known.get(mention) != why:
            remarks.append(f"«{mention.replace(':', ': ')}» har ikke noe tall innen kundesenter og shopper: {why}.")
    for mention, why in between.items():
        if known.get(mention) != why:
            remarks.append(f"«{mention.replace(':', ': ')}» har ikke noe korrigert tall mellom kundesentre: {why}.")
    mentions = (grounds["tema"] + ":" + grounds["omtale"])[grounds["omtale"].isin(MENTIONS)]
    if any(between.get(mention, ALIKE) == ALIKE for mention in mentions):
        remarks.append(
            "Mellom kundesentre er bare «mellom» rettet. «mellom_rå» kan være for nær eller for langt fra null, og "
            "«mellom_delt» (omtale og score fra hver sin shopper) er for nær null."
        )
    return tuple(remarks)


def bent(grounds: pd.DataFrame, summary: pd.DataFrame) -> list[str]:
    """Name the figures that a model with a ceiling would give otherwise.

    Parameters
    ----------
    grounds : pandas.DataFrame
        From `grounds_of`.
    summary : pandas.DataFrame
        From `summary_of`.
    """
    rows = summary[summary["metode"] == "innen_direkte"].merge(grounds, on=["tema", "omtale"])
    off = (rows["fraksjonell_logit"] - rows["estimat"]).abs() > _BENT * (rows["øvre"] - rows["nedre"]) / 2
    return [
        f"«{row.tema}: {row.omtale}»: en modell som tar hensyn til at scoren har en øvre grense, gir "
        f"{number(row.fraksjonell_logit, 1)} i "
        f"stedet for {number(row.estimat, 1)} poeng."
        for row in rows[off].itertuples()
    ]
