import * as l10n from "@vscode/l10n";
import type { KnownFacts } from "../knownFacts";
import { Claim, type ClaimsById, type Sentence } from "./claim";

/** Every record of a trajectory (2026.4.22–7.35) carries id and key, and a reset does not rename the file. */
export function addTrajectories({ trajectories }: KnownFacts, claims: ClaimsById): void {
  for (const [id, files] of trajectories) {
    for (const { head, name } of files) {
      const key = head?.sessionKey;
      if (key !== undefined) claims.add(id, new Claim("trajectory", key, recordsSession, name.base, id, key));
    }
  }
}

const recordsSession: Sentence = (base, id, key) =>
  l10n.t("The trajectory {0} records session {1} of {2}.", base, id, key);
