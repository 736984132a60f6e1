process.env.ZONE = 'UTC';
