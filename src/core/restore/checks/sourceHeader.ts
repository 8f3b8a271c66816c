import * as l10n from "@vscode/l10n";
import { visibleLine } from "../../text/visibleText";
import { blocker, type Check, ok, quoted, warning, nameOf } from "./check";

/** OpenClaw's own rule for ids (2026.5.17+ drops rows with any other); they become part of file names. */
const sessionIdPattern = /^[a-z0-9][a-z0-9._-]{0,127}$/i;

/** A file without a valid header in its first line is emptied when OpenClaw opens it (2026.1–2026.7). */
export const checkSourceHeader: Check = function* ({ source }, draft) {
  const { index, file } = source;
  if (index === undefined) return;
  const { header } = index;
  const remedy = l10n.t(
    "Read the conversation here or export it as it is; OpenClaw would empty the file when it opens it.",
  );
  if (header === undefined) {
    yield blocker(
      "source-header",
      l10n.t("{0} has no header that says which session it is.", nameOf(file.path)),
      remedy,
    );
    return;
  }
  if (header.line !== 1 || source.firstLine === undefined) {
    yield blocker(
      "source-header",
      header.line === 1
        ? l10n.t("The first line of {0} is too long to be a header.", nameOf(file.path))
        : l10n.t("The header of {0} stands in line {1}, not in the first.", nameOf(file.path), header.line),
      remedy,
    );
    return;
  }
  if (!isHeader(source.firstLine)) {
    yield blocker(
      "source-header",
      l10n.t("The first line of {0} is no header: it does not parse.", nameOf(file.path)),
      remedy,
    );
    return;
  }
  const { version } = header;
  if (!Number.isInteger(version) || version < 1 || version > NEWEST) {
    yield blocker(
      "source-header",
      l10n.t(
        "The header of {0} has version {1}; only versions 1 to {2} are known.",
        nameOf(file.path),
        version,
        NEWEST,
      ),
      l10n.t("Read the conversation here or export it; a newer version of this tool may know the format."),
    );
    return;
  }
  if (!sessionIdPattern.test(header.id) && (draft === undefined || draft.plan.to === header.id)) {
    yield blocker(
      "source-header",
      l10n.t('The header names the session "{0}", which OpenClaw takes for no id.', visibleLine(header.id, 100)),
      l10n.t("Read the conversation here or export it; OpenClaw would drop the entry again."),
    );
    return;
  }
  if (version < CURRENT) {
    yield warning(
      "source-header",
      l10n.t("The transcript has the older format {0}.", version),
      l10n.t(
        "Nothing has to be done: OpenClaw rewrites the restored copy when it opens it, and the archive stays as it is.",
      ),
    );
    return;
  }
  yield ok(
    "source-header",
    l10n.t("The header stands in the first line: session {0}, format {1}.", quoted(header.id), version),
  );
};

/** Formats 1 and 2 are rewritten on opening (2026.1+); 3 and 4 are used as they are. */
const CURRENT = 3;
const NEWEST = 4;

function isHeader(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && (value as { type?: unknown }).type === "session";
  } catch {
    return false;
  }
}
