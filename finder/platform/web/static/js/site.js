// Every page's one script: says that scripts run, and starts what enhances this page.
import { startShortlist } from "./shortlist.js";
import { startBack } from "./back.js";
import { startCount } from "./count.js";
import { startOneTap } from "./one_tap.js";
import { startPlaces } from "./places.js";
import { startSuggest } from "./suggest.js";

document.documentElement.classList.add("has-script");
startShortlist();
startBack();
startCount();
startOneTap();
startPlaces();
startSuggest();
