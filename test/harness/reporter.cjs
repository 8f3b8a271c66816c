// Mocha's "spec" reporter, which also leaves the counts in the file that COUNTS_FILE names.

const { writeFileSync } = require("node:fs");
const process = require("node:process");
const { reporters, Runner } = require("mocha");

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const file = process.env.COUNTS_FILE;
      if (!file) return;
      const { passes: passed, failures: failed, pending } = this.stats;
      writeFileSync(file, JSON.stringify({ passed, failed, pending }));
    });
  }
};
