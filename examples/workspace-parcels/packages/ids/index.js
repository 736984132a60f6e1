'use strict';

const uuidv4 = require('uuid/v4');
const uuidv5 = require('uuid/v5');

const shops = 'f3a1c1de-6c0f-4d5b-9a57-0c7f5b1d2e90';

/** A new id for a parcel. */
exports.parcelId = () => `parcel-${uuidv4()}`;

/** The id of a shop: the same name has the same id, on every machine. */
exports.shopId = (name) => uuidv5(name.trim().toLowerCase(), shops);

/** True for what `parcelId` makes. */
exports.isParcelId = (text) => /^parcel-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
