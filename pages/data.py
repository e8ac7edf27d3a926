from ecodash.ui import arrivals, confirming, file_cards, health, history, shell

view = shell.require()
shell.head(view, "data")
shop = shell.own_shop()
arrivals.take(shop)
file_cards.draw(view, shop)
confirming.draw(shop)
history.draw(view, shop)
health.draw(view)
