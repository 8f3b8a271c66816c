import * as l10n from "@vscode/l10n";
import { blocker, type PlaceCheck } from "./check";

/** A workspace that nobody trusts may name any directory. */
export const checkWorkspaceTrust: PlaceCheck = function* ({ trusted }) {
  if (trusted) return;
  yield blocker(
    "workspace-trust",
    l10n.t("This workspace is not trusted, so nothing is written."),
    l10n.t('Trust it with the command "Workspaces: Manage Workspace Trust", then try again.'),
  );
};
