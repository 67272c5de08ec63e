"""Who speaks: the subject of a sentence, and who is meant by a pronoun, a noun or nothing at all."""
