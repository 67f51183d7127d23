"""Each centre against its class, and each class against the study: scores, shares and drawn-in differences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from textinnsikt.insight.shares import mean, share
from textinnsikt.insight.shrinkage import shrunken
from textinnsikt.insight.wording import MIN_CONTACTS
from textinnsikt.study import MENTIONS, TaggedStudy

Kind = Literal["kundesenter", "klasse"]
Figures = dict[str, Any]
_NOTHING: Figures = {"estimat": None, "nedre": None, "øvre": None}


@dataclass(frozen=True)
class Comparison:
    """Figures of one study, by centre and by class.

    The balance of a theme is the share of contacts that praise it minus the share that criticise it. A class's mean
    is the mean of its centres with enough contacts, each counting the same.

    Parameters
    ----------
    tagged : TaggedStudy

    Examples
    --------
    >>> comments = pd.DataFrame({"henvendelse": [f"{i}" for i in range(40)], "kommentar_nr": 1,
    ...     "kundesenter": ["A", "B"] * 20, "klasse": "Bank", "kanal": "chat", "shopper": [f"s{i}" for i in range(40)],
    ...     "dato": None, "besvart": "ja", "totalscore": [80.0, 60.0] * 20, "tekst": "Hørte etter.",
    ...     "lytting": ["positiv", "ingen"] * 19 + ["ingen"] * 2})
    >>> found = Comparison(TaggedStudy(comments, ("lytting",)))
    >>> round(found.score("kundesenter", "A")["estimat"], 1), found.winner("Bank")
    (80.0, 'A')
    >>> found.difference("kundesenter", "A", "lytting")["estimat"] > 0
    True
    """

    tagged: TaggedStudy

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """One row per contact, with ``balanse:T`` for each theme; missing without a comment."""
        # In an order of their own, so that sums round the same way whatever the order of the file.
        contacts = self.tagged.contacts.sort_values("henvendelse", ignore_index=True)
        for theme in self.tagged.themes:
            contacts[f"balanse:{theme}"] = contacts[f"{theme}:positiv"] - contacts[f"{theme}:negativ"]
        return contacts

    @cached_property
    def _class_of(self) -> pd.Series:
        """The class of each centre: that of most of its contacts."""
        known = self.contacts.dropna(subset=["kundesenter", "klasse"])
        return known.groupby("kundesenter")["klasse"].agg(lambda kinds: kinds.mode().iloc[0])

    def klass(self, centre: str) -> str | None:
        """Return the class of a centre."""
        return self._class_of.get(centre)

    def centres(self, kind: str | None = None) -> list[str]:
        """Return the centres of a class, or all."""
        names = self.contacts["kundesenter"].dropna().unique() if kind is None else []
        return sorted(str(name) for name in (names if kind is None else self._class_of.index[self._class_of == kind]))

    def rows(self, kind: Kind, name: str) -> pd.DataFrame:
        """Return the contacts of a centre or a class."""
        return self.contacts[self.contacts[kind] == name]

    def score(self, kind: Kind, name: str) -> Figures:
        """Return the mean score with its interval and ``n``; missing below the least number of contacts."""
        scores = self.rows(kind, name)["totalscore"].dropna()
        if len(scores) < MIN_CONTACTS:
            return {**_NOTHING, "n": len(scores)}
        if kind == "kundesenter":
            return mean(scores, self.tagged.score_range)
        return self._mean_of_centres(self.centres(name), len(scores))

    def everyone(self) -> Figures:
        """Return the mean of all centres."""
        return self._mean_of_centres(self.centres(), int(self.contacts["totalscore"].notna().sum()))

    def _mean_of_centres(self, centres: list[str], n: int) -> Figures:
        parts = self._shown(centres)
        if parts.empty:
            return {**_NOTHING, "n": n}
        value = float(parts["middel"].mean())
        half = 1.96 * float(np.sqrt(parts["varians"].sum())) / len(parts)
        low, high = self.tagged.score_range
        return {"estimat": value, "nedre": max(low, value - half), "øvre": min(high, value + half), "n": n}

    def _shown(self, centres: list[str]) -> pd.DataFrame:
        """Return the scores of the centres that may be shown; the others could be told from a mean that held them."""
        parts = self._scores.reindex(centres).dropna(subset=["middel"])
        return parts[parts["n"] >= MIN_CONTACTS]

    @cached_property
    def _scores(self) -> pd.DataFrame:
        return self._means("totalscore")

    def _means(self, column: str) -> pd.DataFrame:
        """Return ``middel``, ``varians`` (of the mean, from contact variance pooled in the class), ``n`` per centre."""
        groups = self.contacts.dropna(subset=[column]).groupby("kundesenter")[column]
        frame = groups.agg(middel="mean", n="size", inni=lambda x: ((x - x.mean()) ** 2).sum())
        kinds = self._class_of.reindex(frame.index).fillna("")
        pooled = frame.groupby(kinds)[["inni", "n"]].sum()
        pooled["frihet"] = pooled["n"] - frame.groupby(kinds).size()
        whole = pooled["inni"].sum() / max(pooled["frihet"].sum(), 1)
        # A class where hardly anybody mentions the theme still has some variance.
        per_class = (pooled["inni"] + 2 * whole) / (pooled["frihet"] + 2)
        return frame[["middel", "n"]].assign(varians=kinds.map(per_class) / frame["n"])

    def winner(self, kind: str) -> str | None:
        """Return the centre of a class with the highest mean score among those with enough contacts."""
        parts = self._shown(self.centres(kind))
        return None if parts.empty else str(parts["middel"].idxmax())

    def against_class(self, centre: str) -> Figures | None:
        """Return the centre's score minus its class's, with interval and ``sikker``; None without a class."""
        parts = self._shown(self.centres(self.klass(centre)))
        own = self.score("kundesenter", centre)
        if own["estimat"] is None or len(parts) < 2 or self.klass(centre) is None:
            return None
        others = parts.drop(centre)
        count = len(parts)
        own_variance = parts.loc[centre, "varians"] * (1 - 1 / count) ** 2
        spread = float(np.sqrt(own_variance + others["varians"].sum() / count**2))
        reach = stats.t.ppf(0.975, own["n"] - 1) * spread
        return _sure(float(parts.loc[centre, "middel"] - parts["middel"].mean()), reach, own["n"])

    def against_winner(self, centre: str) -> Figures | None:
        """Return the centre's score minus the class winner's; None for the winner itself."""
        kind = self.klass(centre)
        best = None if kind is None else self.winner(kind)
        own = self.score("kundesenter", centre)
        if best is None or best == centre or own["estimat"] is None:
            return None
        pair = self._scores.loc[[centre, best]]
        reach = stats.t.ppf(0.975, int(pair["n"].min()) - 1) * float(np.sqrt(pair["varians"].sum()))
        return _sure(float(pair["middel"].iloc[0] - pair["middel"].iloc[1]), reach, own["n"])

    def shares(self, kind: Kind | None, name: str | None, theme: str) -> dict[str, Figures | None]:
        """Return the share of contacts that praise and criticise a theme; None below the least number of contacts."""
        rows = self.contacts if kind is None else self.contacts[self.contacts[kind] == name]
        rows = rows.dropna(subset=[f"balanse:{theme}"])
        if len(rows) < MIN_CONTACTS:
            return dict.fromkeys(MENTIONS)
        return {mention: share(rows[f"{theme}:{mention}"], rows["shopper"]) for mention in MENTIONS}

    def difference(self, kind: Kind, name: str, theme: str) -> Figures | None:
        """Return how a theme's balance differs from the class's (the study's, for a class), drawn in.

        ``estimat``, ``nedre``, ``øvre`` are shares (0.1 is ten percentage points), ``n`` contacts with a comment and
        ``sikker`` whether the interval leaves out zero.
        """
        found = (self._centre_differences if kind == "kundesenter" else self._class_differences)[theme]
        if name not in found.index or found.loc[name, "estimat"] != found.loc[name, "estimat"]:
            return None
        row = found.loc[name]
        if row["n"] < MIN_CONTACTS:
            return None
        figures = {key: float(row[key]) for key in ("estimat", "nedre", "øvre")}
        return {**figures, "n": int(row["n"]), "sikker": bool(figures["nedre"] * figures["øvre"] > 0)}

    @cached_property
    def _centre_differences(self) -> dict[str, pd.DataFrame]:
        found = {}
        for theme in self.tagged.themes:
            frame = self._means(f"balanse:{theme}")
            kinds = self._class_of.reindex(frame.index)
            # Centres without a class of their own are compared with nobody.
            parts = shrunken(frame["middel"].to_numpy(), frame["varians"].to_numpy(), kinds.to_numpy(dtype=object))
            found[theme] = parts.set_axis(frame.index).assign(n=frame["n"])
        return found

    @cached_property
    def _class_differences(self) -> dict[str, pd.DataFrame]:
        found = {}
        for theme in self.tagged.themes:
            frame = self._means(f"balanse:{theme}")
            frame["klasse"] = self._class_of.reindex(frame.index)
            groups = frame.dropna(subset=["klasse"]).groupby("klasse")
            apart = groups["middel"].agg(lambda x: ((x - x.mean()) ** 2).sum()).sum() / max(
                len(frame.dropna(subset=["klasse"])) - groups.ngroups, 1
            )
            units = groups["middel"].agg(["mean", "size"])
            parts = shrunken(units["mean"].to_numpy(), (apart / units["size"]).to_numpy(), np.zeros(len(units)))
            found[theme] = parts.set_axis(units.index).assign(n=groups["n"].sum())
        return found


def _sure(value: float, reach: float, n: int) -> Figures:
    low, high = float(value - reach), float(value + reach)
    return {"estimat": float(value), "nedre": low, "øvre": high, "n": int(n), "sikker": bool(low * high > 0)}
