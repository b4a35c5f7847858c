// The order of the small scripts. Here one by one; the collected file is joined, without comments (ui/storage.py).
import "./keys.js";
import "./menu.js";
import "./busy.js";
import "./swap.js";
import "./draft.js";
import "./hints.js";
import "./mark.js";
import "./live.js";
