/** The command line knows bookings, bookings know fares, and no import closes a new ring. */
export default {
  tree: {
    imports: {
      cycles: 'no-more',
      layers: ['src/cli/**', 'src/booking/**', 'src/domain/**'],
    },
  },
};
