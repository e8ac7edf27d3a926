from ecodash.ui import arrivals, channel_domains, confirming, file_cards, history, onboarding, policies, shell

view = shell.require()
shell.head(view, "data")
shop = shell.own_shop()
onboarding.draw(shop)
arrivals.take(shop)
file_cards.draw(view, shop)
confirming.draw(shop)
history.draw(view, shop)
policies.draw(view, shop)
channel_domains.draw(shop)
