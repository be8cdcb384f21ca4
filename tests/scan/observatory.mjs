// What MDN's HTTP Observatory says of each page that is named, graded by its own scanner.
import { scan } from "@mdn/mdn-http-observatory";

const found = await scan("localhost");
const tests = Object.entries(found.tests).map(([name, test]) => [name, test.pass, test.result]);
console.log(JSON.stringify({ grade: found.scan.grade, score: found.scan.score, tests }));
