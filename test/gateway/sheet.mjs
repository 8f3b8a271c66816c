// Counts what holds. One check that fails does not keep the others from being made; what they all need is asked for by `must`.

export function newSheet(title) {
  const counts = { passed: 0, failed: 0 };
  const began = performance.now();
  const seconds = () => `${((performance.now() - began) / 1_000).toFixed(0)} s`;
  const told = (mark, what) => console.log(`${mark} ${title} · ${what} (${seconds()})`);
  const check = async (what, act) => {
    try {
      const value = await act();
      counts.passed++;
      told("  ✓", what);
      return { held: true, value };
    } catch (error) {
      counts.failed++;
      told("  ✗", what);
      console.log(String(error?.stack ?? error).replace(/^/gm, "      "));
      return { held: false, value: undefined };
    }
  };
  return {
    counts,
    check,
    /** A step without which the rest says nothing. */
    must: async (what, act) => {
      const { held, value } = await check(what, act);
      if (!held) throw new GaveUp(what);
      return value;
    },
  };
}

export class GaveUp extends Error {}
