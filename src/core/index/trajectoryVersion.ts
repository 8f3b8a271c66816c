/**
 * The version of OpenClaw that began a run trace, from its beginning. The second record of a run is
 *
 *     {"traceSchema":"openclaw-trajectory",…,"type":"trace.metadata",…,"data":{"capturedAt":"…","harness":{"type":"openclaw",
 *     "name":"OpenClaw","version":"2026.7.35",…
 *
 * (OpenClaw 2026.4.22 to 2026.7). The record may be cut off behind that.
 */
export function versionInTrajectory(beginning: string): string | undefined {
  for (const line of beginning.split("\n")) {
    if (!line.includes('"type":"trace.metadata"')) continue;
    const version = /"harness":\{(?:"\w+":"[^"\\]*",)*"version":"([0-9A-Za-z.+-]{1,40})"/.exec(line)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}
