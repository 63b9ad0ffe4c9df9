/** The closed word lists, in the order that the snapshot numbers them (events/vocabulary.py). */

export const EVENT_TYPES = ['battles', 'protests', 'riots', 'explosions', 'civilians', 'strategic'];

const BLOCKS = {
  battles: {
    government_regains_territory: 'Government regains territory',
    non_state_overtakes_territory: 'Non-state actor overtakes territory',
    armed_clash: 'Armed clash',
  },
  protests: {
    excessive_force: 'Excessive force against protesters',
    protest_with_intervention: 'Protest with intervention',
    peaceful_protest: 'Peaceful protest',
  },
  riots: {
    violent_demonstration: 'Violent demonstration',
    mob_violence: 'Mob violence',
  },
  explosions: {
    chemical_weapon: 'Chemical weapon',
    air_drone_strike: 'Air/drone strike',
    suicide_bomb: 'Suicide bomb',
    shelling: 'Shelling/artillery/missile attack',
    remote_explosive: 'Remote explosive/landmine/IED',
    grenade: 'Grenade',
  },
  civilians: {
    sexual_violence: 'Sexual violence',
    attack: 'Attack',
    abduction: 'Abduction/forced disappearance',
  },
  strategic: {
    agreement: 'Agreement',
    arrests: 'Arrests',
    change_to_group: 'Change to group/activity',
    disrupted_weapons_use: 'Disrupted weapons use',
    base_established: 'Headquarters or base established',
    looting: 'Looting/property destruction',
    non_violent_transfer: 'Non-violent transfer of territory',
    other: 'Other',
  },
};

/** The codebook's English names by sub-type code. */
export const SUB_TYPE_LABELS = Object.assign({}, ...EVENT_TYPES.map((type) => BLOCKS[type]));

/** Codes in hierarchical order; the index is what the snapshot holds. */
export const SUB_TYPES = Object.keys(SUB_TYPE_LABELS);

/** Index into EVENT_TYPES for each sub-type. */
export const TYPE_OF_SUB = Uint8Array.from(SUB_TYPES, (code) =>
  EVENT_TYPES.findIndex((type) => code in BLOCKS[type]));

export const subTypesOf = (type) => Object.keys(BLOCKS[type] ?? {});

export const TIME_PRECISIONS = ['day', 'week', 'month', 'year'];

export const GEO_EXACT = 1;
export const GEO_ABOUT = 2;
export const GEO_REGION = 3;
