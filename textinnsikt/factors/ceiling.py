"""Does the highest possible score bend the figures? A check with a model that cannot pass it."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import statsmodels.api as sm

from textinnsikt.factors.design import Design
from textinnsikt.factors.sample import Sample


def fractional_logit(sample: Sample, design: Design, score_range: tuple[float, float]) -> pd.Series:
    """Return the average marginal difference of each mention from a fractional logit.

    Parameters
    ----------
    sample : Sample
    design : Design
        Of the sample.
    score_range : tuple of float
        Lowest and highest possible score.

    Returns
    -------
    pandas.Series
        Score points by mention, to compare with `within.direct`; missing where the model does not settle.

    Notes
    -----
    Papke and Wooldridge (1996), Journal of Applied Econometrics 11(6), 619-632: a binomial quasi-likelihood for the
    share of the range, with the same mentions, centres, shoppers, channels and months.
    """
    low, high = score_range
    share = (sample.contacts["totalscore"].to_numpy(dtype=float) - low) / (high - low)
    raw = sample.contacts[list(design.mentions)].to_numpy(dtype=float)
    missing = pd.Series(np.nan, index=list(design.mentions))
    if not len(missing) or share.min() < 0 or share.max() > 1:
        return missing
    exog = np.column_stack([raw, design.projection.basis / design.root[:, None]])
    family = sm.families.Binomial()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            fitted = sm.GLM(share, exog, family=family, freq_weights=design.root**2).fit(maxiter=50)
    except (Warning, np.linalg.LinAlgError, ValueError):
        return missing
    found = {}
    for place, name in enumerate(design.mentions):
        line = fitted.predict(which="linear") - raw[:, place] * fitted.params[place]
        step = family.link.inverse(line + fitted.params[place]) - family.link.inverse(line)
        found[name] = (high - low) * np.average(step, weights=design.root**2)
    return pd.Series(found)
