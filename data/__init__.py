"""The example study and the labelled comments, as a package so that an installed wheel has them too."""
