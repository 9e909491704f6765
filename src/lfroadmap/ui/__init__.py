"""The screens: the only room besides `bidi` that knows Textual."""
