"""How the desk writes what no template of ours writes: the day first, and whose clock it is."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = r"j M Y, H:i \U\T\C"  # the desk itself runs on UTC
TIME_FORMAT = "H:i"
