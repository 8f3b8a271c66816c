/**
 * What a run in the extension host is worth. The workbench reports 0 also when the extension host has died, so 0 is
 * believed only with proof: mocha's summary with at least one test was seen, and no host ended other than normally.
 *
 * @param {{ reported: number, output: string, serverLog: string }} run
 * @returns {{ code: number, why?: string }}
 */
export function verdict({ reported, output, serverLog }) {
  if (reported !== 0) return { code: reported };
  const ends = [...serverLog.matchAll(/Extension Host Process exited with code: (\S+)/g)].map((match) =>
    match[1]?.replace(",", ""),
  );
  const abnormal = ends.find((code) => code !== "0");
  if (abnormal !== undefined) return { code: 1, why: `the extension host ended with code ${abnormal}` };
  const passing = [...output.matchAll(/^\s*(\d+) passing\b/gm)].at(-1)?.[1];
  if (passing === undefined) return { code: 1, why: "the tests reported success, but no summary of mocha was seen" };
  if (passing === "0") return { code: 1, why: "no test was run" };
  return { code: 0 };
}
