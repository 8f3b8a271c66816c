import * as l10n from "@vscode/l10n";
import type { ProblemCode } from "../core/problem";

/** What is wrong, in a few words: a row of the tree has no room for the sentence. */
export function problemLabel(code: ProblemCode): string {
  switch (code) {
    case "file.unreadable":
      return l10n.t("Unreadable file");
    case "file.vanished":
      return l10n.t("File is gone");
    case "file.not-regular":
      return l10n.t("Not a regular file");
    case "file.outside":
      return l10n.t("File outside");
    case "file.empty":
      return l10n.t("Empty file");
    case "file.zst-damaged":
      return l10n.t("Damaged compression");
    case "file.zst-too-large":
      return l10n.t("Too large when unpacked");
    case "directory.unreadable":
      return l10n.t("Unreadable directory");
    case "line.not-json":
    case "line.not-object":
    case "line.unknown-layout":
      return l10n.t("Damaged line");
    case "line.half":
      return l10n.t("Half a line");
    case "line.nul-bytes":
      return l10n.t("NUL bytes");
    case "line.invalid-utf8":
      return l10n.t("Invalid UTF-8");
    case "line.byte-order-mark":
      return l10n.t("Byte order mark");
    case "line.carriage-returns":
      return l10n.t("Carriage returns");
    case "line.too-long":
      return l10n.t("Very long line");
    case "header.missing":
      return l10n.t("No header");
    case "header.not-first":
      return l10n.t("Header not first");
    case "header.second":
      return l10n.t("Second header");
    case "header.id-differs":
      return l10n.t("Name and header differ");
    case "header.version-unknown":
      return l10n.t("Unknown format version");
    case "tree.cycle":
      return l10n.t("Entries in a circle");
    case "tree.unknown-parent":
      return l10n.t("Unknown parent entry");
    case "tree.duplicate-id":
      return l10n.t("Entry id used twice");
    case "store.missing":
      return l10n.t("No store");
    case "store.empty":
      return l10n.t("Empty store");
    case "store.not-json":
    case "store.half-written":
    case "store.not-object":
      return l10n.t("Damaged store");
    case "store.row-not-object":
    case "store.row-without-session":
    case "store.key-too-long":
      return l10n.t("Damaged store row");
    case "store.duplicate-key":
      return l10n.t("Store key used twice");
    case "store.file-outside":
      return l10n.t("Transcript outside");
    case "store.file-missing":
      return l10n.t("Transcript missing");
    case "store.two-keys-one-file":
      return l10n.t("Shared transcript");
    case "join.disagreement":
      return l10n.t("Evidence disagrees");
    case "config.unreadable":
    case "config.not-json5":
      return l10n.t("Unreadable config");
    case "config.include":
      return l10n.t("Include of the config");
    case "config.variable-unset":
      return l10n.t("Variable is not set");
    case "config.store-relative":
    case "config.store-unusable":
      return l10n.t("Unusable store path");
    case "config.too-many-agents":
      return l10n.t("Too many agents");
    case "kept.record-missing":
      return l10n.t("Kept copy without a record");
    case "kept.record-damaged":
      return l10n.t("Damaged record of a kept copy");
    case "kept.copy-differs":
      return l10n.t("Damaged kept copy");
    case "sqlite.not-readable-yet":
      return l10n.t("Sessions in SQLite");
    case "sqlite.unreadable":
      return l10n.t("Unreadable database");
    case "watch.polling":
      return l10n.t("Noticed by polling");
    case "state.not-found":
      return l10n.t("No state directory");
    case "state.empty":
      return l10n.t("Nothing of OpenClaw's in it");
    case "state.unknown-layout":
      return l10n.t("Unknown layout");
    case "state.failed":
      return l10n.t("Look failed");
  }
}
