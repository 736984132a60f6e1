exports.folder = process.env.FOLDER;
