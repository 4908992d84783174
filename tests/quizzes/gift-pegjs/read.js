// GIFT on standard input as a list of texts in JSON; what gift-pegjs makes of each on standard output.
const { parse } = require("gift-pegjs");
let given = "";
process.stdin.on("data", (piece) => (given += piece));
process.stdin.on("end", () => {
  const found = JSON.parse(given).map((text) => {
    try {
      return { items: parse(text) };
    } catch (error) {
      return { error: `${error.message} ${JSON.stringify(error.location && error.location.start)}` };
    }
  });
  process.stdout.write(JSON.stringify(found));
});
