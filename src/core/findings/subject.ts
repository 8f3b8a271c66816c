import type { Conversation, Window } from "../conversation/model";
import type { FindingSubject } from "./finding";
import type { FindingInput } from "./findingInput";

export function subjectOf({ stateDir }: FindingInput, conversation: Conversation, window?: Window): FindingSubject {
  return {
    stateDir: stateDir.path,
    agentId: conversation.agentId,
    key: conversation.key,
    windowId: window?.windowId,
  };
}
