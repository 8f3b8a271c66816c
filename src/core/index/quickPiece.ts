/** What is said of a place in a text, instead of where the piece ends that begins there. */

/** No piece of this kind begins there, for certain. */
export const NONE = 0;
/** Maybe one does: the line is left to the full parse. */
export const UNCERTAIN = -1;
