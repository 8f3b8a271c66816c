// The conversations a round is about. Every needle stands in one conversation only, so whoever is told it knows that one.

const wayBack = {
  daily: [],
  command: [],
  rpc: ["--displaced", "new-key"],
  deleted: ["--key", "agent:main:deleted"],
  undone: [],
  // By the command of the editor, which has no options.
  editor: [],
  // Nothing tells to which key it belonged.
  "row-removed": ["--into-new-key"],
  "agent-run": ["--key", "agent:main:agent-run"],
  checkpoint: ["--into-new-key", "--key", "agent:main:before-compaction"],
};

/**
 * @param {string} loss How it gets lost
 * @param {boolean} archives Whether its name tells that it was reset; without, nothing tells to which key it belonged
 * @typedef {ReturnType<typeof conversation>} Conversation
 */
export function conversation(loss, archives) {
  const key = keyOf(loss);
  return {
    loss,
    key,
    /** In the first and the last message before it was lost. */
    first: `Tamarack-of-${loss}`,
    last: `Alder-of-${loss}`,
    /** In what was said afterwards, under the same key. */
    since: `Hazel-of-${loss}`,
    /** What `restore` is told beside the file. */
    options: archives ? (wayBack[loss] ?? []) : ["--key", key],
    /** Under a key that did not exist before. */
    newKey: ["row-removed", "checkpoint"].includes(loss),
  };
}

/** OpenClaw's rules for the main key differ from those for others. */
function keyOf(loss) {
  return loss === "daily" ? "agent:main:main" : `agent:main:${loss}`;
}

/** Nobody loses it, and nobody touches it. */
export const bystander = { key: "agent:main:bystander", first: "Juniper-of-bystander" };
