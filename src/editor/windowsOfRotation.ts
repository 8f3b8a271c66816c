import type { Snapshot } from "../core/conversation/model";
import type { Rotation } from "../core/rotation/rotation";
import { findConversation } from "./findConversation";

/** What `openTranscript` gets from a link. */
export interface WindowArgument {
  readonly file: string;
  readonly windowId: string;
}

/** What the rotation set aside, as long as it is on disk. */
export function earlierOf(_snapshot: Snapshot, { from, archive }: Rotation): WindowArgument | undefined {
  const file = archive?.path ?? from.primary?.path;
  return file === undefined ? undefined : { file, windowId: from.windowId };
}

/** The window that the conversation goes on in now. */
export function currentOf(snapshot: Snapshot, rotation: Rotation): WindowArgument | undefined {
  const { stateDir, agentId, conversation } = rotation;
  if (!conversation) return undefined;
  const now = findConversation(snapshot, { stateDir, agentId, key: conversation.key }) ?? conversation;
  const window = now.windows.find(({ kind, primary }) => kind === "live" && primary !== undefined);
  return window?.primary ? { file: window.primary.path, windowId: window.windowId } : undefined;
}
