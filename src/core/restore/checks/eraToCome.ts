import * as l10n from "@vscode/l10n";
import type { VersionRange } from "../../locations/versionRange";
import { within } from "../../surroundings/versionFact";
import { blocker, type Check, warning } from "./check";
import { versionName } from "./versionName";

/** Sessions are in tables; files are taken over when the gateway starts or by Doctor (run: 2026.9.6). */
const inTables: VersionRange = { from: "2026.7.2-beta.1", until: undefined };

/** Sessions are still in files, but the OpenClaw that was installed since keeps them in tables. */
export const checkEraToCome: Check = function* ({ stateDir, agent, surroundings: { version }, index }) {
  if ((stateDir.era !== "files" && stateDir.era !== "empty") || agent.sqlite !== undefined) return;
  if (within(version, inTables) !== "yes") return;
  if (index.state.kind === "absent") {
    yield blocker(
      "era",
      l10n.t(
        "{0} keeps sessions in a database and does not start while it finds a sessions.json that was not taken over.",
        versionName(version),
      ),
      l10n.t("Read the conversation here or export it; nothing is written."),
    );
    return;
  }
  yield warning(
    "era",
    l10n.t(
      "Sessions are still in files here, but {0} keeps them in a database and takes the files over when it starts.",
      versionName(version),
    ),
    l10n.t("Restore before its first start, and look after it whether the conversation was taken over."),
  );
};
