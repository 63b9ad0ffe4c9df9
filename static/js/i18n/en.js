/** English words of the map page. A message is a string with {holes}, or forms by plural category of `n`. */
export const en = {
  lang: 'en', dir: 'ltr', locale: 'en-GB', digits: '0123456789', thousands: ',', point: '.',
  plural: (n) => (n === 1 ? 'one' : 'other'),
  // filters
  filters: 'Filters', type: 'Type', actor: 'Actor', source: 'Source', place: 'Place', precision: 'Place precision',
  findActor: 'Find an actor', findSource: 'Find a source', more: '{n} more', fewer: 'Fewer', clear: 'clear', 
  subTypes: 'All {n} sub-types', noActorFound: 'No actor of that name', noSourceFound: 'No source of that name', selected: 'Chosen', removeFilter: 'Remove {name}',
  textFilter: 'Text: “{q}”', unknownValue: 'Not known here, and ignored: {list}',
  exact: 'Exact point', about: 'About here, a radius', region: 'Somewhere in a region',
  exactShort: 'Exact point', aboutShort: 'About here', regionShort: 'Somewhere in it',
  // the sentence and counts
  events: { one: '{n} event', other: '{n} events' }, eventsWord: { one: 'event', other: 'events' }, ofTotal: 'of {n}',
  withdrawn: { one: 'The editors have withdrawn an event; it is no longer shown.', other: 'The editors have withdrawn {n} events; they are no longer shown.' },
  paleNote: 'pale: uncertain', uncertainDates: { one: '{n} with an uncertain date (pale)', other: '{n} with uncertain dates (pale)' },
  dataVersion: 'data {v}',
  // list
  list: 'List', newest: 'Newest first', oldest: 'Oldest first', deaths: 'Most killed first', bySources: 'Most sources first', sortBy: 'Sort by', onlyView: 'Only this view',
  killed: { one: '{n} killed', other: '{n} killed' }, sources: { one: '1 source', other: '{n} sources' }, contested: 'contested', uncertainDate: 'date uncertain',
  somewhereIn: 'somewhere in {place}', somewhere: 'somewhere', along: 'along the {place}', otherAreas: { one: 'in one more area', other: 'in {n} more areas' }, titleAt: '{what}, {where}', unnamedPlace: 'unnamed place', listEmpty: 'No event in this view and period.', hereCount: { one: '{n} event here', other: '{n} events here' },
  // time
  play: 'Play', pause: 'Pause', slides: 'the window slides', speed: 'Speed', window: 'Window', times: '{n}×', days: '{n} d', wholeBrush: 'brush', levels: 'Period', all: 'All', year: 'Year', month: 'Month', week: 'Week',
  compare: 'Compare', reset: 'Reset', perUnit: { week: 'a week', month: 'a month', day: 'a day', year: 'a year' }, brush: 'Period shown', brushStart: 'First day', brushEnd: 'Last day', histogram: 'Events by time and type', 
  // legend, furniture
  colour: 'Colour', colourBy: 'Colour by', byType: 'Type', byActor: 'Actor', bySourceCount: 'Number of sources', legend: 'Legend', foldLegend: 'Fold the legend', lgExact: 'Exact', lgAbout: 'About here', lgRegion: 'Somewhere in it', lgContested: 'Contested', lgBubble: 'Events here', otherActors: 'Other actors', sourcesGroup: { one: '1 source', other: '{n} sources' },
  moonTitle: 'Each half-moon is a count', moonFewer: 'fewer', moonSame: 'same', moonMore: 'more',
  zoomIn: 'Zoom in', zoomOut: 'Zoom out', wholeRegion: 'The whole region', layers: 'Layers', baseMap: 'Base map', ourMap: 'Our own map', ourMapNote: 'Comes with the page; nothing is asked of other servers.', osm: 'OpenStreetMap', osmNote: 'Pictures come from openstreetmap.org, which sees where you look.', ownTiles: 'Map of this site', coordinates: 'Coordinates under the pointer', km: '{n} km', metres: '{n} m', attribution: 'Natural Earth, own drawing', osmAttribution: '© OpenStreetMap contributors', discs: 'All radii', discsNote: 'Draws the circle of every event that is only about here.', labels: 'Place names',
  // tip
  inPlaces: { one: '{events} in one place', other: '{events} in {n} places' }, aboutOf: { one: '{n} only about here', other: '{n} only about here' }, clickZooms: 'Click to zoom.', clickOpens: 'Click to open.', clickLists: 'Click to list.',
  // card
  close: 'Close', back: 'List', previous: 'Previous', next: 'Next', position: '{k} of {n}', reported: 'Reported', where: 'Place', actors: 'Actors', killedLabel: 'Killed', notStated: 'Not stated', against: 'against',
  rangeOf: { one: 'one day', other: 'a range of {n} days' }, dayKnown: 'the day is given', weekKnown: 'only the week is known', monthKnown: 'only the month is known', yearKnown: 'only the year is known',
  exactWhy: 'The report names the place; the mark is on it.', aboutWhy: 'The event lies within about {n} km of the mark.', regionWhy: 'Only this area is named; nothing nearer is known.', fromWords: 'From “{words}”.',
  differ: 'reports differ; coded as {n}, the lowest', differCoded: 'reports differ; coded as {n}', coded: 'coded as {n}', saysFigure: '{who}: {n}',
  fromDataset: 'Coded in the dataset {name} ({id}); no sentence of a report is quoted.',
  claims: { one: '{n} claim', other: '{n} claims' }, contestedNote: 'the reports contradict each other', asserts: 'Asserts', denies: 'Denies', doubts: 'Doubts', report: 'Report', saidBy: 'said by {who}', copyLink: 'Copy link', copied: 'Copied', copyFailed: 'Could not copy; the text is selected.', cite: 'Cite', openPage: 'Open page', graphic: 'This report describes violence in detail.', show: 'Show it', cardFailed: 'The words of the reports did not load.', tryAgain: 'Try again', 
  happened: '', planned: 'Planned', threatened: 'Threatened', hypothetical: 'Hypothetical', historical: 'Historical',
  // compare
  compareTitle: 'Two periods', byTypeHead: 'By type', byPlaceHead: 'By governorate', change: 'Change', fewerEvents: { one: '{n} event fewer, {pct}.', other: '{n} events fewer, {pct}.' }, moreEvents: { one: '{n} event more, {pct}.', other: '{n} events more, {pct}.' }, sameEvents: 'As many events in both.', sameLength: 'Both periods have {n} days, and the same filters.', otherLength: 'A has {a} days, B {b}; the filters are the same.', fewerReports: 'Fewer reports can mean less fighting, or less reporting: {a} sources in A, {b} in B.', periodA: 'Period A', periodB: 'Period B', from: 'from', until: 'until', closeCompare: 'End the comparison',
  // search
  searchTitle: 'Search', searchHint: 'Search places, actors, text', places: 'Places', actorsHead: 'Actors', sourcesHead: 'Sources', texts: 'In the words of the reports', searchText: 'Filter by the words “{q}”', nothingFound: 'Nothing found for “{q}”.', choose: 'choose', toFilter: 'as a filter', closeKey: 'close',
  kinds: { country: 'country', governorate: 'governorate', district: 'district', subdistrict: 'subdistrict', city: 'city', town: 'town', village: 'village', neighbourhood: 'neighbourhood', region: 'region', zone: 'zone', mountain: 'mountain', water: 'water', route: 'road', prison: 'prison', air_base: 'air base', military_base: 'military base', checkpoint: 'checkpoint', crossing: 'border crossing', observation_post: 'observation post', camp: 'camp', hospital: 'hospital', school: 'school', industrial: 'industrial site', government: 'seat of government', landmark: 'landmark' },
  actorKinds: { 1: 'state forces', 2: 'rebel group', 3: 'political militia', 4: 'identity militia', 5: 'rioters', 6: 'protesters', 7: 'civilians', 8: 'external forces' },
  // share
  share: 'Share', shareLink: 'Link to this view', citation: 'Citation', citeView: 'idlibmap, view of {period}, data version {v}, {events}, read {today}.', citeEvent: 'idlibmap, event {uid}, “{title}”, {period}, data version {v}, read {today}.', embed: 'In your own page', embedNote: 'The frame sets no cookies and asks nothing of other servers.', width: 'width', height: 'height', downloads: 'The events of this view', apiNote: 'The same filters work in the API and in the feed.', copy: 'Copy', print: 'Print', feed: 'Feed',
  // keys
  keys: 'Keys', keySearch: 'Search', keyDay: 'Move the period by a day', keyMonth: 'Move it by a month', keyResize: 'Lengthen or shorten it', keyPlay: 'Play, pause', keyWalk: 'Next, previous event', keyOpen: 'Open the event', keyClose: 'Close', keyCompare: 'Compare two periods', keyFilters: 'Filters', keyKeys: 'These keys', keyMap: 'Move and zoom the map',
  // states
  loading: 'Loading the events', loadingEvents: { one: 'Loading {n} event', other: 'Loading {n} events' }, bytesOf: '{a} of {b}', kept: 'kept for next time', kb: '{n} kB', mb: '{n} MB',
  nothing: 'Nothing matches', loosen: 'Loosen one of these:', without: { time: 'In all years', type: 'With all types', sub_type: 'With all types', actor: 'With all actors', source: 'From all sources', place: 'In all places', precision: 'With any precision', bbox: 'In the whole region', q: 'Without the words “{q}”' }, resetAll: 'Reset all filters',
  empty: 'No events yet', emptyWhy: 'Events appear here once an editor publishes them. To look around with the demo data, run', openDesk: 'Open the desk', howItWorks: 'How it works',
  failed: 'The events did not load', failedWhy: { offline: 'There is no connection.', missing: 'The server has no data file yet.', http: 'The server answered with an error.', truncated: 'The file broke off on its way.', corrupt: 'The file arrived damaged.', version: 'The page is older than the data; loading it again helps.' }, failedKept: 'The base map and your filters are kept.', plainList: 'Plain list', againIn: { one: 'Trying again by itself in {n} s', other: 'Trying again by itself in {n} s' },
  offline: 'Offline.', offlineNote: 'Events as of {when}; the map works as before.', online: 'Back online.', dismiss: 'Dismiss',
  time: 'Time', openInMap: 'Open in idlibmap', tabsLabel: 'Parts', resizeSheet: 'Size of the sheet', 
  // story
  storyStep: '{k} of {n}', storyNext: 'Next', storyBack: 'Back', leaveStory: 'Leave the story, keep this view',
  titles: { government_regains_territory: 'Government regains ground', non_state_overtakes_territory: 'Ground taken', excessive_force: 'Force against protesters', shelling: 'Shelling', remote_explosive: 'Explosive or mine', abduction: 'Abduction', change_to_group: 'Change to a group', disrupted_weapons_use: 'Weapons use disrupted', base_established: 'Base established', looting: 'Looting', non_violent_transfer: 'Ground handed over', other: 'Other event' },
  types: { battles: 'Battles', explosions: 'Explosions, remote', civilians: 'Violence against civilians', protests: 'Protests', riots: 'Riots', strategic: 'Strategic developments' },
  typesShort: { battles: 'Battles', explosions: 'Explosions', civilians: 'Against civilians', protests: 'Protests', riots: 'Riots', strategic: 'Strategic' },
  subs: { government_regains_territory: 'Government regains territory', non_state_overtakes_territory: 'Non-state actor overtakes territory', armed_clash: 'Armed clash', excessive_force: 'Excessive force against protesters', protest_with_intervention: 'Protest with intervention', peaceful_protest: 'Peaceful protest', violent_demonstration: 'Violent demonstration', mob_violence: 'Mob violence', chemical_weapon: 'Chemical weapon', air_drone_strike: 'Air/drone strike', suicide_bomb: 'Suicide bomb', shelling: 'Shelling/artillery/missile attack', remote_explosive: 'Remote explosive/landmine/IED', grenade: 'Grenade', sexual_violence: 'Sexual violence', attack: 'Attack', abduction: 'Abduction/forced disappearance', agreement: 'Agreement', arrests: 'Arrests', change_to_group: 'Change to group/activity', disrupted_weapons_use: 'Disrupted weapons use', base_established: 'Headquarters or base established', looting: 'Looting/property destruction', non_violent_transfer: 'Non-violent transfer of territory', other: 'Other' },
};
