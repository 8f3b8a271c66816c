/** Every attempt waits for the refresh that is under way; the tree may change again meanwhile, but not forever. */
const attempts = 4;

/**
 * Reveals a node of a tree that may change at any moment. VS Code asks for the node and those above it one after the other,
 * and rejects when the tree changed in between: then it is looked up again. Says whether there was anything to reveal; throws
 * what VS Code says when it cannot find a node that is there all the time.
 *
 * `find`: id of the node now; undefined when the tree does not have it (any more).
 */
export async function revealNode(
  find: () => string | undefined,
  reveal: (id: string) => PromiseLike<void>,
  onFailure: (error: unknown) => void,
): Promise<boolean> {
  let failure: { readonly error: unknown } | undefined;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const id = find();
    if (id === undefined) return false;
    try {
      await reveal(id);
      return true;
    } catch (error) {
      failure = { error };
      onFailure(error);
    }
  }
  throw failure?.error;
}
