'use strict'
module.exports = { name: process.env.SHOP || 'shop', get upper() { return this.name.toUpperCase() } }
