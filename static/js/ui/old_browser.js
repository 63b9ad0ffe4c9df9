/* Classic script for browsers without modules: says so, and shows where the same events are. */
document.addEventListener('DOMContentLoaded', function () {
  var app = document.querySelector('.app');
  if (!app) { return; }
  var arabic = document.documentElement.lang === 'ar';
  var box = document.createElement('div');
  box.className = 'old-browser';
  var text = document.createElement('p');
  text.appendChild(document.createTextNode(arabic
    ? 'هذا المتصفح أقدم من أن يرسم الخريطة. الأحداث نفسها متاحة كقائمة وكملف: '
    : 'This browser is too old to draw the map. The same events are here as a feed and a table: '));
  [['/feed/', 'Atom'], ['/export/events.csv', 'CSV']].forEach(function (pair) {
    var link = document.createElement('a');
    link.href = pair[0];
    link.appendChild(document.createTextNode(pair[1]));
    text.appendChild(link);
    text.appendChild(document.createTextNode(' '));
  });
  box.appendChild(text);
  app.parentNode.replaceChild(box, app);
});
