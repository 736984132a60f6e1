exports.show = async (req, res) => {
  const user = await exports.find(req.params.id ?? req.body?.id ?? req.query.id);
  if (!user) return res.sendStatus(404);
  res.status(200).json(user);
};

module.exports.failed = function (err, req, res, next) {
  res.status(500).json({ error: err.message });
};

exports.find = (id) => fetch(`/users/${id}`).then((res) => res.json());
