import * as l10n from "@vscode/l10n";
import { blocker, ok, type PlaceCheck, quoted } from "./check";

/** What clean-ups of OpenClaw, and a lost state directory, do not take along. */
export const checkVault: PlaceCheck = function* ({ disk: { vault, vaultInsideStateDir, vaultProblem } }) {
  const remedy = l10n.t(
    "Name another place for backups (setting openclawSessions.backupDirectory, option --backup-dir).",
  );
  if (vaultInsideStateDir) {
    yield blocker(
      "vault",
      l10n.t("The place for backups, {0}, lies inside a state directory, where OpenClaw cleans up.", quoted(vault)),
      remedy,
    );
    return;
  }
  if (vaultProblem !== undefined) {
    yield blocker("vault", vaultProblem.message, remedy);
    return;
  }
  yield ok("vault", l10n.t("Everything that is displaced is copied to {0} first.", quoted(vault)));
};
