exports.show = async (req, res) => {
  const user = await exports.find(req.param('id'));
  if (!user) return res.send(404);
  res.json(user, 200);
};

module.exports.failed = function (err, req, res, next) {
  res.json(500, { error: err.message });
};

exports.find = (id) => fetch(`/users/${id}`).then((res) => res.json());
