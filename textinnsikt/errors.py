"""Errors that a user can mend, told in one Norwegian sentence."""


class InputError(ValueError):
    """Bad input: the message is one Norwegian sentence that says which file, which row and what to do.

    The command line prints the sentence and ends with exit code 2.

    Examples
    --------
    >>> raise InputError("studie.csv mangler kolonnen «totalscore»; bruk --map totalscore=\\"Overskrift\\".")
    Traceback (most recent call last):
    ...
    textinnsikt.errors.InputError: studie.csv mangler kolonnen «totalscore»; bruk --map totalscore="Overskrift".
    """
