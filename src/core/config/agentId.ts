/** The agent that exists when the config names none. */
export const defaultAgentId = "main";

/**
 * An agent's id as OpenClaw uses it in keys and paths (2026.1.29–2026.9.6: normalizeAgentId): lower case, runs of other characters
 * become one `-`, at most 64 characters.
 *
 *     normalizeAgentId(" Ops Team! ")   "ops-team"
 *     normalizeAgentId("../..")         "main"
 */
export function normalizeAgentId(value: string): string {
  const id = value.trim().toLowerCase();
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(id)) return id;
  const cleaned = id
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^-+/, "")
    .replace(/-+$/, "")
    .slice(0, 64);
  return cleaned === "" ? defaultAgentId : cleaned;
}
