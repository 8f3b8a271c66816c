import * as l10n from "@vscode/l10n";
import { isInside } from "../../locations/containment";
import { blocker, type Check, ok, quoted } from "./check";
import { pathsLike } from "../places";

/** No path of a request, a row or a file name leads a write out of the sessions directory. */
export const checkContainment: Check = function* (facts, draft) {
  const { root, rootRealPath, index, displaced, stateDir, agent } = facts;
  if (root.outside && !root.read) {
    yield blocker(
      "containment",
      l10n.t(
        "The sessions of agent {0} lie outside the state directory, in {1}, and are not read.",
        quoted(agent.id),
        quoted(root.path),
      ),
      l10n.t("Trust the workspace, or open that state directory itself."),
    );
    return;
  }
  const path = pathsLike(rootRealPath);
  const isHere = (file: string): boolean =>
    isInside(path, rootRealPath, file) || isInside(path, stateDir.realPath, file);
  if (displaced?.file !== undefined && !isHere(displaced.file.path)) {
    yield blocker(
      "containment",
      l10n.t(
        "The current transcript, {0}, lies outside the sessions directory {1}.",
        quoted(displaced.file.path),
        quoted(rootRealPath),
      ),
      l10n.t("Restore into a new key: nothing is touched there then."),
    );
    return;
  }
  const stray = draft?.plan.changes.find(
    ({ path: file, role }) => !(role === "index" && file === index.path) && !isHere(file),
  );
  if (stray !== undefined) {
    yield blocker(
      "containment",
      l10n.t(
        "The plan would write to {0}, outside the sessions directory {1}.",
        quoted(stray.path),
        quoted(rootRealPath),
      ),
      l10n.t("Nothing is written there; make a new plan, and report this please."),
    );
    return;
  }
  if (root.outside) {
    yield ok(
      "containment",
      l10n.t(
        "Everything that is written lies in {0}, as session.store says, outside the state directory.",
        quoted(rootRealPath),
      ),
    );
  } else yield ok("containment", l10n.t("Everything that is written lies in {0}.", quoted(rootRealPath)));
};
