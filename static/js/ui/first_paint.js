/* Classic script, run before the first paint: the reader's theme, so that a dark page never flashes white. */
(function () {
  var theme = null;
  try { theme = localStorage.getItem('idlibmap.theme'); } catch (error) { /* storage may be forbidden in a frame */ }
  var asked = /[?&]theme=(dark|light)(&|$)/.exec(location.search);
  var dark = window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.setAttribute('data-theme', (asked && asked[1]) || theme || (dark ? 'dark' : 'light'));
})();
