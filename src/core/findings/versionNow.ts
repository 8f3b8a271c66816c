import type { Conversation } from "../conversation/model";
import type { VersionFact } from "../surroundings/surroundings";
import type { FindingInput } from "./findingInput";

/** Which OpenClaw works on the state directory now. */
export function versionNow(input: FindingInput): VersionFact {
  const known = remembered.get(input);
  if (known !== undefined) return known;
  const found = input.surroundings("", undefined, undefined).version;
  remembered.set(input, found);
  return found;
}

/** The version at the time of a conversation's newest rotation, else the one of now. */
export function versionOfConversation(input: FindingInput, { windows }: Conversation): VersionFact {
  for (const { windowId } of windows) {
    const version = input.rotationsFrom.get(windowId)?.at(-1)?.surroundings.version;
    if (version !== undefined && version.kind !== "unknown") return version;
  }
  return versionNow(input);
}

/** Several rules ask. */
const remembered = new WeakMap<FindingInput, VersionFact>();
