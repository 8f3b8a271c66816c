import * as l10n from "@vscode/l10n";
import { blocker, type Check, ok, warning } from "./check";
import { created } from "./subject";

/** The gateway may run as another user, as in a container: what we make must be readable for it. */
export const checkOwnerAndMode: Check = function* ({ disk, index }, draft) {
  const { uid, neighbours, sessions } = disk;
  if (uid === undefined) return;
  if (index.uid !== undefined && index.uid !== uid) {
    yield blocker(
      "owner-and-mode",
      l10n.t(
        "The index belongs to user {0}, and this runs as user {1}: the gateway could not read the one that is written.",
        index.uid,
        uid,
      ),
      l10n.t("Run `openclaw-sessions` as that user, for example with `sudo -u '#{0}'`.", index.uid),
    );
    return;
  }
  const others = [neighbours.uid, sessions.uid].find((each) => each !== undefined && each !== uid);
  if (others !== undefined) {
    yield warning(
      "owner-and-mode",
      l10n.t(
        "Files in the sessions directory belong to user {0}, and this runs as user {1}: what is written belongs to user {1}.",
        others,
        uid,
      ),
      l10n.t(
        "Run `openclaw-sessions` as that user, or make the restored file his afterwards (chown); else the gateway may not be able to read it.",
      ),
    );
    return;
  }
  const open = created(draft).find(
    ({ role, after }) => role === "restored" && after.kind === "file" && (after.mode & OTHERS & ~neighbours.mode) !== 0,
  );
  if (open?.after.kind === "file") {
    yield warning(
      "owner-and-mode",
      l10n.t(
        "The restored file gets the mode {0}, which lets more people read it than its neighbours, {1}.",
        octal(open.after.mode),
        octal(neighbours.mode),
      ),
      l10n.t("Nothing has to be done if nobody else uses this machine; else make it private with chmod 600."),
    );
    return;
  }
  yield ok(
    "owner-and-mode",
    l10n.t("Owner and mode are those of the other transcripts: user {0}, {1}.", uid, octal(neighbours.mode)),
  );
};

/** Everything for everybody but the owner. */
const OTHERS = 0o077;

function octal(mode: number): string {
  return (mode & 0o777).toString(8).padStart(4, "0");
}
