import { isJsonObject } from "../config/jsonObject";
import type { FileHead } from "../conversation/model";
import { splitLines } from "../jsonl/splitLines";
import { LineDamage } from "../transcript/lineDamage";
import { textOf, timeOf } from "../transcript/parseField";
import { recordTexts } from "../transcript/recordTexts";
import type { JsonObject } from "../transcript/entry";
import { type FileEnds, linesWithin, unknownHead } from "./fileEnds";
import { versionInTrajectory } from "./trajectoryVersion";

/**
 * A trajectory (OpenClaw 2026.4.22 to 2026.7) names the session key and id in every record:
 *
 *     {"traceSchema":"openclaw-trajectory",…,"type":"session.started","ts":"…","sessionId":"…","sessionKey":"…",…,"data":{…}}
 *
 * Records can be long; these fields stand before the `data` that makes them so.
 */
export function readTrajectoryHead({ head, tail }: FileEnds): FileHead {
  const lines = splitLines(head);
  const first = lines[0]?.bytes ?? head;
  const record = recordOf(first) ?? fieldsOf(first);
  const at = timeOf(record?.["ts"]);
  const last = (tail.length > 0 ? linesWithin(tail) : lines)
    .map(({ bytes }) => timeOf((recordOf(bytes) ?? fieldsOf(bytes))?.["ts"]))
    .findLast((time) => time !== undefined);
  return {
    ...unknownHead,
    headerId: textOf(record?.["sessionId"]),
    headerAt: at,
    cwd: textOf(record?.["workspaceDir"]),
    firstAt: at,
    lastAt: last,
    sessionKey: textOf(record?.["sessionKey"]),
    openClawVersion: versionInTrajectory(textFrom(head, head.length)),
    problem: record ? undefined : damageOf(first),
  };
}

function recordOf(bytes: Uint8Array): JsonObject | undefined {
  for (const record of recordTexts(textFrom(bytes, bytes.length))) {
    if (record.kind === "value" && isJsonObject(record.value)) return record.value;
  }
  return undefined;
}

/** From a record whose end was not read. */
function fieldsOf(bytes: Uint8Array): JsonObject | undefined {
  const [beforeData = ""] = textFrom(bytes, 4096).split(',"data":', 1);
  if (!beforeData.startsWith('{"traceSchema":"openclaw-trajectory"')) return undefined;
  const fields = beforeData.matchAll(/"(ts|sessionId|sessionKey)":"([^"\\]*)"/g);
  return Object.fromEntries(Array.from(fields, ([, name = "", value = ""]) => [name, value]));
}

function damageOf(bytes: Uint8Array): FileHead["problem"] {
  const damage = new LineDamage(bytes, { line: 1, offset: 0, bytes: bytes.length });
  damage.broken({ kind: "broken", why: { kind: "unexpected", at: undefined }, otherRecords: false }, true);
  return damage.items[0]?.problem;
}

function textFrom(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.byteLength)).toString("utf8");
}
