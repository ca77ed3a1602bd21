"""Makes whole characters of what a provider sends, since nothing else can be stored or sent on to a page."""

_FIRST_HALVES = ("\ud800", "\udbff")


class Characters:
    """Joins the two halves of a character, such as an emoji, that came in two pieces, and drops what is none."""

    def __init__(self) -> None:
        """Start with nothing held back."""
        self._half = ""

    def join(self, piece: str) -> str:
        """Return the piece as whole characters; half a one at its end waits for the next piece."""
        if piece.isascii() and not self._half:
            return piece.replace("\0", "")
        piece, self._half = self._half + piece, ""
        if piece and _FIRST_HALVES[0] <= piece[-1] <= _FIRST_HALVES[1]:
            piece, self._half = piece[:-1], piece[-1]
        return piece.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
